import { words } from "../../ground/language";
import { many } from "../../ground/many";

/** What officers read of the dispatcher's board. */
export const say = words({
  load: (waiting: number, held: number, ready: number) => [
    `${waiting} mencari pengemudi · ${held} berjalan · ${ready} pengemudi kami siap`,
    `${waiting} without a driver · ${held} under way · ${many(ready, "own driver")} ready`,
  ],
  noJobs: ["Tidak ada antaran sekarang", "No deliveries now"],
  noJobsHelp: ["Pesanan yang perlu diantar muncul sendiri di sini.", "Orders to deliver appear here by themselves."],
  map: ["Peta antaran", "Map of deliveries"],
  showOnMap: ["Lihat di peta", "Show on the map"],
  hideOnMap: ["Kembali ke semua antaran", "Back to all deliveries"],
  zoomIn: ["Perbesar", "Zoom in"],
  zoomOut: ["Perkecil", "Zoom out"],
  showAll: ["Tampilkan semua", "Show all"],
  legend: ["■ jemput  ● antar  ▲ pengemudi", "■ pickup  ● drop-off  ▲ driver"],
  noTiles: [
    "Peta jalan tidak dipasang; letak dan jaraknya benar.",
    "No street map is set up; places and distances are right.",
  ],
  assign: ["Berikan ke pengemudi", "Give to a driver"],
  reassign: ["Pindahkan ke pengemudi lain", "Move to another driver"],
  nearest: ["Terdekat dulu", "Nearest first"],
  away: (distance: string) => [`${distance} dari tempat jemput`, `${distance} from the pickup`],
  noneReady: ["Tidak ada pengemudi yang siap", "No driver is ready"],
  reason: ["Alasan (dibaca pengemudi dan pengurus)", "Reason (read by drivers and officers)"],
  give: (name: string) => [`Berikan ke ${name}`, `Give to ${name}`],
  move: (name: string) => [`Pindahkan ke ${name}`, `Move to ${name}`],
  chooseDriver: ["Pilih pengemudi", "Choose a driver"],
  given: (name: string) => [`Diberikan ke ${name}`, `Given to ${name}`],
  offeredTo: (names: string) => [`ditawarkan ke ${names}`, `offered to ${names}`],
  fee: (amount: string) => [`Ongkir ${amount}`, `Delivery fee ${amount}`],
  orderedAt: (at: string) => [`dipesan ${at}`, `ordered ${at}`],
  cash: (amount: string) => [`tagih tunai ${amount}`, `collect ${amount} in cash`],
  carriedBy: (name: string) => [`diantar ${name}`, `carried by ${name}`],
});

export const jobStates = words({
  DRAFT: ["Belum dibuka", "Not open yet"],
  OPEN: ["Mencari pengemudi", "Looking for a driver"],
  OFFERED: ["Ditawarkan", "Offered"],
  ASSIGNED: ["Menuju toko", "To the shop"],
  AT_PICKUP: ["Di toko", "At the shop"],
  CARRYING: ["Diantar", "Under way"],
  AT_DROPOFF: ["Di tujuan", "At the door"],
  AT_HUB: ["Di pos", "At a hub"],
  DELIVERED: ["Sampai", "Delivered"],
  FAILED: ["Gagal", "Failed"],
  RETURNING: ["Dikembalikan", "Going back"],
  RETURNED: ["Kembali ke toko", "Returned"],
  UNSERVED: ["Tidak ada pengemudi", "No driver found"],
  CANCELLED: ["Dibatalkan", "Cancelled"],
});
