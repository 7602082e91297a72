import { useState } from "preact/hooks";
import { ErrorBoundary, LocationProvider, lazy, Route, Router } from "preact-iso";
import { Toasts } from "./parts/toast";
import { Unloaded } from "./parts/trouble";
import { asRefused, type Refused } from "./refused";
import { step } from "./trail";

const Shop = lazy(() => import("../shop/area"));
const SignIn = lazy(() => import("./sign-in"));

/**
 * The areas of the app, each loaded when somebody first goes there.
 *
 * An area's folder has `area.tsx`, whose default export holds a `Router` of its own for what follows in the address.
 */
export function App() {
  const [broken, setBroken] = useState<Refused>();
  if (broken) return <Unloaded onAgain={() => location.reload()} refused={broken} />;
  return (
    <LocationProvider>
      <ErrorBoundary onError={(thrown) => setBroken(asRefused(thrown))}>
        <Router onRouteChange={step}>
          <Route component={SignIn} path="/masuk" />
          <Route component={Shop} default />
        </Router>
      </ErrorBoundary>
      <Toasts />
    </LocationProvider>
  );
}
