import { words } from "../language";
import { many } from "../many";

/** What members and officers read of a loan in a list. */
export const say = words({
  left: (amount: string) => [`sisa ${amount}`, `${amount} left`],
  late: (n: number) => [`terlambat ${n} hari`, `${many(n, "day")} late`],
});
