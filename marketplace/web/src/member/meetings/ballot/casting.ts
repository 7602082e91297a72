import { node, thing } from "../../../ground/client";
import { Refused } from "../../../ground/refused";
import { ask } from "../../../ground/session";
import { CastBallotDocument, SignTokenDocument } from "../../api";
import { say } from "../words";
import { filled, type Kept, made } from "./device";

const KEPT_AS = "lumbung.ballot.";

type SecretVote = { id: string; ballotName: string; tokenKey: string };

/** What this device keeps of a vote, one's own or one cast for another member. */
function keptFor(motionId: string, membershipId?: string): string {
  return [KEPT_AS + motionId, membershipId].filter(Boolean).join(".");
}

/** The token of one's own ballot, where it was made on this device. */
export function ownToken(motionId: string): string | undefined {
  const kept = localStorage.getItem(keptFor(motionId));
  return kept ? (JSON.parse(kept) as Kept).token : undefined;
}

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
 * The ballot itself is sent as nobody. `forMembershipId`: for whom one votes by his proxy.
 */
export async function castSecretly(
  { id, ballotName, tokenKey }: SecretVote,
  choice: string[],
  forMembershipId?: string,
): Promise<string> {
  if (!(await canSeal())) throw new Refused({ code: "UNAVAILABLE", message: say.cannotSeal });
  const earlier = localStorage.getItem(keptFor(id, forMembershipId));
  const kept = earlier ? (JSON.parse(earlier) as Kept) : await made(tokenKey);
  localStorage.setItem(keptFor(id, forMembershipId), JSON.stringify(kept));
  const input = { motionId: id, blinded: kept.blinded, forMembershipId: forMembershipId ?? null };
  const { signature } = thing((await ask(SignTokenDocument, { input })).signBallotToken);
  const ballot = await filled(kept, tokenKey, signature, ballotName, choice);
  const cast = await node.askAsNobody(CastBallotDocument, { input: { motionId: id, ...ballot } });
  return thing(cast.castBallot).receipt;
}

/** Vote secretly for whose proxy one holds; who came and voted himself keeps his vote. */
export async function castUnlessUsed(vote: SecretVote, choice: string[], forMembershipId: string): Promise<void> {
  try {
    await castSecretly(vote, choice, forMembershipId);
  } catch (thrown) {
    if (!(thrown instanceof Refused) || thrown.code !== "AGAINST_THE_LAW") throw thrown;
  }
}
