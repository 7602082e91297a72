import { post, thing } from "../../ground/client";
import { Refused } from "../../ground/refused";
import { ask } from "../../ground/session";
import { CastBallotDocument, SignTokenDocument } from "../api";
import { say } from "../words";
import { filled, type Kept, made } from "./device";

const KEPT_AS = "lumbung.ballot.";

type SecretVote = { id: string; ballotName: string; tokenKey: string };

/** Whether this browser can make a ballot that only it knows. */
async function canSeal(): Promise<boolean> {
  try {
    await crypto.subtle.generateKey({ name: "Ed25519" }, false, ["sign", "verify"]);
    return true;
  } catch {
    return false;
  }
}

/**
 * Vote secretly; answers the ballot's receipt. Throws `Refused`.
 *
 * The token is kept on this device before it is signed, so that a vote whose answer was lost goes on with the same one.
 * The ballot itself is sent as nobody.
 */
export async function castSecretly({ id, ballotName, tokenKey }: SecretVote, choice: string[]): Promise<string> {
  if (!(await canSeal())) throw new Refused({ code: "UNAVAILABLE", message: say.cannotSeal });
  const earlier = localStorage.getItem(KEPT_AS + id);
  const kept = earlier ? (JSON.parse(earlier) as Kept) : await made(tokenKey);
  localStorage.setItem(KEPT_AS + id, JSON.stringify(kept));
  const input = { motionId: id, blinded: kept.blinded };
  const { signature } = thing((await ask(SignTokenDocument, { input })).signBallotToken);
  const ballot = await filled(kept, tokenKey, signature, ballotName, choice);
  const cast = await post(CastBallotDocument, { input: { motionId: id, ...ballot } }, null);
  return thing(cast.castBallot).receipt;
}
