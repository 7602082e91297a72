"""A QR code as a picture. Error correction M and a quiet zone of four modules, as EMVCo's QR specification has it."""

import io

import segno


def qr_svg(text: str) -> str:
    """The code as an SVG document, black on white."""
    out = io.BytesIO()
    segno.make(text, error="m", micro=False, boost_error=False).save(
        out, kind="svg", border=4, scale=6, xmldecl=False, light="#fff"
    )
    return out.getvalue().decode()
