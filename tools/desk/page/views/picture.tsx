// A picture that was sent: shown when it is there, asked for again by itself when it is not, and
// then by whoever wants it.
import { useEffect, useRef, useState } from "preact/hooks";
import { atOnceMs, bringPicture, byItselfMs } from "../pictures";
import { Icon } from "../ui/icon";
import { say } from "../words";

// `asked`: by hand, with the control that then has the focus.
type Stage = { is: "shown"; src: string } | { is: "awaited" | "lost" };
interface State { stage: Stage; asked: boolean }

// The control that had the focus is gone: the picture has it, unless it has moved on meanwhile.
const takeFocus = (picture: HTMLElement | null) => {
  if (document.activeElement === document.body) picture?.focus({ preventScroll: true });
};

export function Picture({ href, name }: { href: string; name: string }) {
  const [{ stage, asked }, setState] = useState<State>({
    stage: { is: "shown", src: href }, asked: false,
  });
  const gone = useRef(new AbortController());
  const bring = async (pausesMs: readonly number[], asked: boolean) => {
    setState({ stage: { is: "awaited" }, asked });
    const unwanted = gone.current.signal;
    const bytes = await bringPicture(href, pausesMs, unwanted);
    if (unwanted.aborted) return;
    const stage: Stage = bytes ? { is: "shown", src: URL.createObjectURL(bytes) } : { is: "lost" };
    setState({ stage, asked });
  };
  useEffect(() => () => gone.current.abort(), []);
  const src = stage.is === "shown" ? stage.src : "";
  useEffect(() => () => {
    if (src.startsWith("blob:")) URL.revokeObjectURL(src);
  }, [src]);

  const alt = say("picture_named", { name });
  if (stage.is === "shown") {
    // What came whole and is still not shown is not a picture.
    const onError = () =>
      src === href ? void bring(byItselfMs, false) : setState({ stage: { is: "lost" }, asked });
    return (
      <img key={src} class="thumb" src={src} alt={alt} loading="lazy" decoding="async"
        onError={onError} {...(asked ? { tabIndex: -1, ref: takeFocus } : {})} />
    );
  }
  const awaited = stage.is === "awaited";
  return (
    <div class="picture-lost">
      {awaited ? (
        <span class="dots" role="img" aria-label={alt} aria-busy="true"><i /><i /><i /></span>
      ) : (
        <span>{say("picture_lost")}</span>
      )}
      {(!awaited || asked) && (
        <button type="button" class="second small" aria-disabled={awaited}
          aria-label={`${say("try_again")}: ${alt}`}
          onClick={() => !awaited && void bring(atOnceMs, true)}>
          <Icon name="again" small />{say("try_again")}
        </button>
      )}
    </div>
  );
}
