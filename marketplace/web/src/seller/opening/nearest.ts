type Point = { lat: number; lon: number };

/** Those whose point lies nearest first; as they come where nobody knows from where. */
export function nearestFirst<T extends { point: Point }>(things: readonly T[], from: Point | undefined): T[] {
  if (!from) return [...things];
  // Compared only, and near each other: no need of the globe.
  const apart = ({ lat, lon }: Point) => (lat - from.lat) ** 2 + ((lon - from.lon) * Math.cos(from.lat / 57.3)) ** 2;
  return [...things].sort((one, other) => apart(one.point) - apart(other.point));
}

/** The co-ops that sellers sell under: whose members are people, and do more than carry. */
export function hosts<T extends { kind: string; level: string }>(cooperatives: readonly T[]): T[] {
  return cooperatives.filter(({ kind, level }) => level === "PRIMARY" && kind !== "DRIVER" && kind !== "LOGISTICS");
}

/** Those in the region's city or regency first, then those in its province, then the others. */
export function sameRegionFirst<T extends { regionCode: string }>(things: readonly T[], code: string): T[] {
  const [province, regency] = [code.slice(0, 2), code.slice(0, 5)];
  const place = ({ regionCode }: T) => (regionCode.startsWith(regency) ? 0 : regionCode.startsWith(province) ? 1 : 2);
  return code ? [...things].sort((one, other) => place(one) - place(other)) : [...things];
}
