"""Rows of the catalogue: sellers, what they offer, in which variants, and what is left of it."""

from catalog.models.imports import ImportRun
from catalog.models.listings import (
    Image,
    Listing,
    ListingKind,
    ListingState,
    Option,
    OptionGroup,
    PriceChange,
    Unit,
    Variant,
)
from catalog.models.moderation import ListingReport, ListingSuspension, ReportReason
from catalog.models.sellers import Seller, SellerState
from catalog.models.stock import Appointment, BookedStock, ReservationState, ServiceSlot, StockReservation

__all__ = [
    "Appointment",
    "BookedStock",
    "Image",
    "ImportRun",
    "Listing",
    "ListingKind",
    "ListingReport",
    "ListingState",
    "ListingSuspension",
    "Option",
    "OptionGroup",
    "PriceChange",
    "ReportReason",
    "ReservationState",
    "Seller",
    "SellerState",
    "ServiceSlot",
    "StockReservation",
    "Unit",
    "Variant",
]
