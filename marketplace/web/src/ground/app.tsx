import type { ComponentType } from "preact";
import { useState } from "preact/hooks";
import { ErrorBoundary, LocationProvider, lazy, Route, Router } from "preact-iso";
import { AREAS } from "./areas";
import { leaveToast, Toasts } from "./parts/toast";
import { Unloaded } from "./parts/trouble";
import { asRefused, type Refused } from "./refused";
import SignIn from "./sign-in";
import { step } from "./trail";

type Load = () => Promise<{ default: ComponentType }>;
type Folder = (typeof AREAS)[keyof typeof AREAS];
/** Each area's folder has `area.tsx`, whose default export holds a `Router` of its own for what follows in the address. */
const FOUND = import.meta.glob("../*/area.tsx") as Record<`../${Folder}/area.tsx`, Load>;
const LOADED = Object.entries(AREAS).map(
  ([path, folder]) => [path, lazy(FOUND[`../${folder}/area.tsx` as const])] as const,
);

/** Links to these are the app's own to follow; a file (`/licences.md`) is the browser's. */
const PAGES = /^\/[^.?]*(\?.*)?$/;

function turn(): void {
  step();
  leaveToast();
}

export function App() {
  const [broken, setBroken] = useState<Refused>();
  if (broken) return <Unloaded onAgain={() => location.reload()} refused={broken} />;
  return (
    <LocationProvider scope={PAGES}>
      <ErrorBoundary onError={(thrown) => setBroken(asRefused(thrown))}>
        <Router onRouteChange={turn}>
          <Route component={SignIn} path="/masuk" />
          {LOADED.flatMap(([path, Area]) => [
            <Route component={Area} key={path} path={path || "/"} />,
            <Route component={Area} key={path} path={`${path}/*`} />,
          ])}
        </Router>
      </ErrorBoundary>
      <Toasts />
    </LocationProvider>
  );
}
