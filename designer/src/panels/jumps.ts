import type { Session } from "../session.ts";

type Jump = NonNullable<Session["revealed"]["value"]>;

const followed = new WeakMap<Session, number>();

/** The newest jump, while nobody has followed it yet: what is shown again later does not take the focus again. */
export function newJump(session: Session): Jump | null {
  const jump = session.revealed.value;
  return jump !== null && jump.count > (followed.get(session) ?? 0) ? jump : null;
}

/** Follow a jump once everything that it opens is there; answers how to call it off. */
export function followSoon(session: Session, jump: Jump, follow: () => void): () => void {
  const waiting = setTimeout(() => {
    followed.set(session, jump.count);
    follow();
  }, 0);
  return () => { clearTimeout(waiting); };
}
