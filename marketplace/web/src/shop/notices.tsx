import { Bell } from "lucide";
import { useEffect } from "preact/hooks";
import { time } from "../ground/figures";
import { usePaged } from "../ground/paged";
import { Empty } from "../ground/parts/empty";
import { Loaded } from "../ground/parts/loading";
import { More } from "../ground/parts/more";
import { Page } from "../ground/parts/page";
import { Row, Rows } from "../ground/parts/row";
import { ask } from "../ground/session";
import { SignedIn } from "../ground/signed-in";
import { NoticesDocument, ReadNoticesDocument } from "./api";
import { say } from "./words";

/** What happened to what is somebody's; seen once it was shown. */
export default function Notices() {
  const { asked, nodes, more } = usePaged(NoticesDocument, ({ viewer }) => viewer?.notices);
  const unread = asked.answer?.viewer?.unreadNoticeCount ?? 0;
  useEffect(() => {
    if (unread) void ask(ReadNoticesDocument, {}).catch(() => undefined);
  }, [unread]);
  return (
    <Page backTo="/akun" title={say.notices}>
      <SignedIn>
        <Loaded asked={asked}>
          {() =>
            nodes.length ? (
              <>
                <Rows>
                  {nodes.map((notice) => (
                    <li key={notice.id}>
                      <Row
                        {...(notice.page && { href: notice.page })}
                        note={
                          <>
                            {notice.body}
                            <br />
                            {time(notice.createdAt)}
                          </>
                        }
                        title={notice.title}
                      />
                    </li>
                  ))}
                </Rows>
                <More more={more} />
              </>
            ) : (
              <Empty icon={Bell} title={say.noNotices} />
            )
          }
        </Loaded>
      </SignedIn>
    </Page>
  );
}
