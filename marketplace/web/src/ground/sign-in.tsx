import { useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import { useDoing } from "./asking";
import { node } from "./client";
import { Button } from "./parts/button";
import { Field } from "./parts/field";
import { Page } from "./parts/page";
import { Trouble } from "./parts/trouble";
import { say } from "./words";

/** Only a path of this app: nobody is led elsewhere by a link to the sign-in page. */
export function safePath(path: string | undefined): string {
  return path && /^\/(?![/\\])/.test(path) ? path : "/";
}

/** Sign in by a code sent to a phone; a new phone gets an account. `?ke=/path` says where to go then. */
export default function SignIn() {
  const { query, route } = useLocation();
  const [phone, setPhone] = useState("");
  const [isSent, setSent] = useState(false);
  const [shown, setShown] = useState<string | null>(null);
  const [code, setCode] = useState("");
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const sending = useDoing(async () => {
    const { simulatedCode } = await node.requestCode(phone);
    setShown(simulatedCode);
    setCode(simulatedCode ?? "");
    setSent(true);
  });
  const entering = useDoing(async () => {
    await node.signIn({ phone, code, name, ...(password ? { password } : {}) });
    route(safePath(query.ke), true);
  });
  const needsPassword = entering.refused?.code === "WRONG_PASSWORD" || password !== "";
  const submit = (event: Event) => {
    event.preventDefault();
    void (isSent ? entering.run() : sending.run());
  };
  return (
    <Page backTo="/" title={say.signIn}>
      <form class="stack" onSubmit={submit}>
        {isSent ? (
          <>
            <p>{shown ? say.codeShown(shown) : say.codeSent(phone)}</p>
            <Field
              autocomplete="one-time-code"
              inputMode="numeric"
              isRequired
              label={say.code}
              most={6}
              onChange={setCode}
              value={code}
            />
            <Field autocomplete="name" label={say.yourName} most={100} onChange={setName} value={name} />
            {needsPassword && (
              <Field
                autocomplete="current-password"
                label={say.password}
                onChange={setPassword}
                type="password"
                value={password}
              />
            )}
            <Trouble refused={entering.refused ?? sending.refused} />
            <Button isBusy={entering.isRunning} isWide type="submit">
              {say.signIn}
            </Button>
            <Button isBusy={sending.isRunning} isWide look="plain" onPress={() => void sending.run()}>
              {say.resend}
            </Button>
            <Button isWide look="plain" onPress={() => setSent(false)}>
              {say.otherPhone}
            </Button>
          </>
        ) : (
          <>
            <p>{say.signInWhy}</p>
            <Field
              autocomplete="tel"
              inputMode="tel"
              isRequired
              label={say.phone}
              most={20}
              onChange={setPhone}
              type="tel"
              value={phone}
              wrong={sending.refused?.field("phone")}
            />
            <Trouble refused={sending.refused} />
            <Button isBusy={sending.isRunning} isWide type="submit">
              {say.sendCode}
            </Button>
          </>
        )}
      </form>
    </Page>
  );
}
