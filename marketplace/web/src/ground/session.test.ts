import { afterEach, beforeEach, expect, test, vi } from "vitest";

const MINUTE_MS = 60_000;

function session(name: string, livesMs: number) {
  return {
    accessToken: `access-${name}`,
    accessExpiresAt: new Date(Date.now() + livesMs).toISOString(),
    refreshToken: `refresh-${name}`,
    account: { id: "ayu", name: "Ayu", phone: null },
  };
}

function answers(...bodies: unknown[]) {
  const fetched = vi.fn(async (_: string, request: RequestInit) => {
    void request;
    const body = bodies.shift();
    if (body === undefined) throw new TypeError("no network");
    return new Response(JSON.stringify(body));
  });
  vi.stubGlobal("fetch", fetched);
  return fetched;
}

beforeEach(() => {
  localStorage.clear();
  vi.resetModules();
});
afterEach(() => vi.unstubAllGlobals());

test("a token that lives is sent as it is", async () => {
  localStorage.setItem("lumbung.session", JSON.stringify(session("old", 10 * MINUTE_MS)));
  const fetched = answers();
  const { token } = await import("./session");
  expect(await token()).toBe("access-old");
  expect(fetched).not.toHaveBeenCalled();
});

test("many who ask at once trade a token that ends only once", async () => {
  localStorage.setItem("lumbung.session", JSON.stringify(session("old", 10_000)));
  const fetched = answers({ data: { refresh: { __typename: "SignedIn", ...session("new", 15 * MINUTE_MS) } } });
  const { token } = await import("./session");
  expect(await Promise.all([token(), token(), token()])).toEqual(["access-new", "access-new", "access-new"]);
  expect(fetched).toHaveBeenCalledTimes(1);
  expect(localStorage.getItem("lumbung.session")).toContain("refresh-new");
});

test("without a network the session stays; refused, it ends", async () => {
  localStorage.setItem("lumbung.session", JSON.stringify(session("old", 10_000)));
  answers();
  const { account, token } = await import("./session");
  await expect(token()).rejects.toMatchObject({ code: "OFFLINE" });
  expect(account.value?.name).toBe("Ayu");
  answers({ data: { refresh: { __typename: "Problem", code: "UNAUTHENTICATED", message: "Sesi berakhir" } } });
  expect(await token()).toBeNull();
  expect(account.value).toBeNull();
  expect(localStorage.getItem("lumbung.session")).toBeNull();
});

test("a problem is thrown with its code, its words and its fields", async () => {
  const fields = [{ path: ["input", "address", "street"], code: "REQUIRED", message: "Wajib diisi" }];
  const { thing } = await import("./client");
  try {
    thing({ __typename: "Problem", code: "INVALID", message: "Periksa isian", fields } as { __typename: "Problem" });
    expect.unreachable();
  } catch (refused) {
    const { Refused } = await import("./refused");
    expect(refused).toBeInstanceOf(Refused);
    expect((refused as InstanceType<typeof Refused>).field("street")).toBe("Wajib diisi");
  }
});
