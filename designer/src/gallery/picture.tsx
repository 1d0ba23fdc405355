import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";

/** A drawing of a flow. It stands in the page itself, so that it has the page's colours. */
export function Picture({ svg }: { readonly svg: string }): JSX.Element {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (svg === "") return; // what is no XML would be answered with a page of errors, whose style the page's policy refuses
    const drawn = new DOMParser().parseFromString(svg, "image/svg+xml").documentElement;
    if (drawn.nodeName === "svg") place.current?.replaceChildren(drawn);
  }, [svg]);
  return <div class="gallery-picture" aria-hidden="true" ref={place} />;
}

/** The same, fetched when it comes into view. */
export function FetchedPicture({ address }: { readonly address: string }): JSX.Element {
  const place = useRef<HTMLDivElement>(null);
  const [svg, show] = useState("");
  useEffect(() => {
    const shown = new IntersectionObserver((entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
      shown.disconnect();
      fetch(address, { credentials: "same-origin" }).then(async (answer) => { if (answer.ok) show(await answer.text()); }, () => null); // a card does without
    }, { rootMargin: "200px" });
    if (place.current !== null) shown.observe(place.current);
    return () => { shown.disconnect(); };
  }, [address]);
  return <div ref={place}><Picture svg={svg} /></div>;
}
