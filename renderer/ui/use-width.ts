import { useEffect, useRef, useState } from 'react';

/** The width of an element in CSS pixels, followed as it changes; 0 before it is known. */
export function useWidth<Of extends HTMLElement>(): readonly [ref: React.RefObject<Of | null>, width: number] {
  const ref = useRef<Of>(null);
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const { current } = ref;
    if (current === null) return;
    const observer = new ResizeObserver((entries) => {
      const last = entries.at(-1);
      if (last !== undefined) setWidth(last.contentRect.width);
    });
    observer.observe(current);
    return () => observer.disconnect();
  }, []);
  return [ref, width];
}
