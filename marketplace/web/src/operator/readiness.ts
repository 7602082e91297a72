import { asRefused, offline } from "../ground/refused";

/** What `/readyz` tells: lags in seconds, and why the node can't serve, if so. */
export type Readiness = {
  status: string;
  reasons: string[];
  outbox_lag_s?: number;
  dead_letters?: number;
  search_lag_s?: number;
  seal_lag_s?: number;
  search?: string;
};

/** Whether the node is ready, as its probes hear it too. Throws `Refused`. */
export async function readiness(): Promise<Readiness> {
  try {
    return (await (await fetch("/readyz")).json()) as Readiness;
  } catch (thrown) {
    throw thrown instanceof TypeError ? offline() : asRefused(thrown);
  }
}
