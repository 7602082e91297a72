import { useState } from "preact/hooks";
import { ErrorBoundary, LocationProvider, lazy, Route, Router } from "preact-iso";
import { Toasts } from "./parts/toast";
import { Unloaded } from "./parts/trouble";
import { asRefused, type Refused } from "./refused";
import { step } from "./trail";

/**
 * The areas of the app by where their addresses begin, each loaded when somebody first goes there.
 *
 * An area's folder has `area.tsx`, whose default export holds a `Router` of its own for what follows in the address. The
 * shop has what no other area has, and comes last.
 */
const AREAS = [
  ["/masuk", lazy(() => import("./sign-in"))],
  ["/jual", lazy(() => import("../seller/area"))],
  ["/antar", lazy(() => import("../driver/area"))],
  ["/loket", lazy(() => import("../counter/area"))],
  ["/anggota", lazy(() => import("../member/area"))],
  ["/pengelola", lazy(() => import("../operator/area"))],
  ["/pengembang", lazy(() => import("../developer/area"))],
  ["", lazy(() => import("../shop/area"))],
] as const;

/** Links to these are the app's own to follow; a file (`/licences.md`) is the browser's. */
const PAGES = /^\/[^.?]*(\?.*)?$/;

export function App() {
  const [broken, setBroken] = useState<Refused>();
  if (broken) return <Unloaded onAgain={() => location.reload()} refused={broken} />;
  return (
    <LocationProvider scope={PAGES}>
      <ErrorBoundary onError={(thrown) => setBroken(asRefused(thrown))}>
        <Router onRouteChange={step}>
          {AREAS.flatMap(([path, Area]) => [
            <Route component={Area} key={path} path={path || "/"} />,
            <Route component={Area} key={path} path={`${path}/*`} />,
          ])}
        </Router>
      </ErrorBoundary>
      <Toasts />
    </LocationProvider>
  );
}
