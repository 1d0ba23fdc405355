/* global performance, requestAnimationFrame, setTimeout */
// Runs in every page before anything else: when can the form be used, and how long does a keystroke take to show what
// depends on it? The page says by `globalThis.control(n)` which element field `n` is entered in (null: it is not there).
{
  const shown = (field) => globalThis.control?.(field)?.checkVisibility() === true;

  /** Calls back with the moment at which a frame was painted in which `holds()` holds. */
  const painted = (holds, then) => {
    const look = () => {
      if (holds()) setTimeout(() => { then(performance.now()); });
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  };

  const watched = { usable: null, took: null };

  /** Focuses `field`; `watched.took` is then the milliseconds from its next key to the frame in which `dependent` is shown, or gone. */
  watched.await = (field, dependent, wanted) => {
    watched.took = null;
    const control = globalThis.control(field);
    control.focus();
    control.addEventListener("keydown", ({ timeStamp }) => {
      painted(() => shown(dependent) === wanted, (moment) => { watched.took = moment - timeStamp; });
    }, { once: true });
  };

  /** From the start of the navigation until the first and the last field are on the screen. */
  watched.until = (last) => {
    painted(() => shown(0) && shown(last), (moment) => { watched.usable = moment; });
  };

  globalThis.watched = watched;
}
