import { Maximize, Minus, Plus } from "lucide";
import { useEffect, useRef, useState } from "preact/hooks";
import { distance } from "../../ground/figures";
import { IconButton } from "../../ground/parts/button";
import styles from "./map.module.css";
import { type At, middle, type Point, project, scaleAt, tilesOf, written, zoomFor } from "./plane";
import { tileServer } from "./tile-server";
import { say } from "./words";

export type Mark = { id: string; kind: "pickup" | "drop" | "driver"; at: Point; name: string; isChosen?: boolean };
type MapProps = { marks: readonly Mark[]; lines: readonly (readonly [Point, Point])[]; about: string };

const SCALE_PIXELS = 90;

/**
 * Points on the ground, their ways and a scale. The node's setting may name tiles to lie below them; without any, the
 * plane alone still tells where things are and how far apart.
 */
export function MapPlane({ marks, lines, about }: MapProps) {
  const place = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(328);
  const [closer, setCloser] = useState(0);
  const [moved, setMoved] = useState<At>({ x: 0, y: 0 });
  const drag = useRef<At | null>(null);
  useEffect(() => {
    const measure = () => setWidth(Math.max(200, place.current?.clientWidth ?? 328));
    measure();
    addEventListener("resize", measure);
    return () => removeEventListener("resize", measure);
  }, []);
  const height = Math.round(Math.min(width * 0.9, 440));
  const points = marks.map(({ at }) => at);
  const fitted = zoomFor(points, width, height);
  const zoom = Math.max(3, Math.min(18, fitted + closer));
  const centre = middle(points) ?? { lat: -7.2575, lon: 112.7521 };
  const origin = project(centre, zoom);
  const inWindow = (point: Point): At => {
    const at = project(point, zoom);
    return { x: at.x - origin.x + width / 2 + moved.x, y: at.y - origin.y + height / 2 + moved.y };
  };
  const step = (by: number) => {
    setCloser(closer + by);
    setMoved({ x: moved.x * 2 ** by, y: moved.y * 2 ** by });
  };
  const all = () => {
    setCloser(0);
    setMoved({ x: 0, y: 0 });
  };
  const pull = (event: PointerEvent) => {
    if (!drag.current) return;
    setMoved({ x: moved.x + event.clientX - drag.current.x, y: moved.y + event.clientY - drag.current.y });
    drag.current = { x: event.clientX, y: event.clientY };
  };
  const named = written(
    marks
      .filter(({ kind, isChosen }) => kind === "driver" || isChosen)
      .map(({ id, at, name, isChosen = false }) => ({ id, at: inWindow(at), text: short(name), isFirst: isChosen })),
  );
  const scale = scaleAt(centre, zoom, SCALE_PIXELS);
  return (
    <div class={styles.place} ref={place}>
      <svg
        aria-label={`${about}. ${marks.map(({ name }) => name).join(", ")}`}
        class={styles.plane}
        height={height}
        onPointerCancel={() => {
          drag.current = null;
        }}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          drag.current = { x: event.clientX, y: event.clientY };
        }}
        onPointerMove={pull}
        onPointerUp={() => {
          drag.current = null;
        }}
        role="img"
        viewBox={`0 0 ${width} ${height}`}
        width={width}
      >
        <Tiles centre={centre} height={height} moved={moved} width={width} zoom={zoom} />
        {lines.map(([from, to], n) => {
          const [a, b] = [inWindow(from), inWindow(to)];
          return <line class={styles.way} key={n} x1={a.x} x2={b.x} y1={a.y} y2={b.y} />;
        })}
        {marks.map((mark) => (
          <Drawn at={inWindow(mark.at)} isNamed={named.has(mark.id)} key={mark.id} mark={mark} />
        ))}
        <g class={styles.scale}>
          <rect height="22" rx="4" width={scale.pixels + 12} x="8" y={height - 30} />
          <line x1="14" x2={14 + scale.pixels} y1={height - 13} y2={height - 13} />
          <text x={14 + scale.pixels / 2} y={height - 17}>
            {distance(scale.metres)}
          </text>
        </g>
      </svg>
      <div class={styles.buttons}>
        <IconButton icon={Plus} name={say.zoomIn} onPress={() => step(1)} />
        <IconButton icon={Minus} name={say.zoomOut} onPress={() => step(-1)} />
        <IconButton icon={Maximize} name={say.showAll} onPress={all} />
      </div>
      <p class={styles.legend}>
        {say.legend}
        <br />
        {tileServer()?.credit ?? say.noTiles}
      </p>
    </div>
  );
}

type TilesProps = { centre: Point; zoom: number; width: number; height: number; moved: At };

function Tiles({ centre, zoom, width, height, moved }: TilesProps) {
  const server = tileServer();
  if (!server) return null;
  const [spareX, spareY] = [Math.abs(moved.x), Math.abs(moved.y)];
  const tiles = tilesOf(server.address, centre, zoom, width + 2 * spareX, height + 2 * spareY);
  return (
    <g>
      {tiles.map(({ url, x, y, side }) => (
        <image
          height={side}
          href={url}
          key={url + x}
          width={side}
          x={x - spareX + moved.x}
          y={y - spareY + moved.y}
        />
      ))}
    </g>
  );
}

/** As much of a name as fits beside a mark. */
function short(name: string): string {
  return name.length > 20 ? `${name.slice(0, 19).trimEnd()}…` : name;
}

function Drawn({ mark, at: { x, y }, isNamed }: { mark: Mark; at: At; isNamed: boolean }) {
  const chosen = mark.isChosen ? styles.chosen : "";
  return (
    <g class={`${styles[mark.kind]} ${chosen}`}>
      {mark.kind === "pickup" && <rect height="14" width="14" x={x - 7} y={y - 7} />}
      {mark.kind === "drop" && <circle cx={x} cy={y} r="7" />}
      {mark.kind === "driver" && <path d={`M${x} ${y - 9}L${x + 9} ${y + 7}H${x - 9}Z`} />}
      {isNamed && (
        <text x={x} y={y - 13}>
          {short(mark.name)}
        </text>
      )}
    </g>
  );
}
