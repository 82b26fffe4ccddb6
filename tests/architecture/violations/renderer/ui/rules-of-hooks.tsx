import { useState } from 'react';

export function Counter({ isShown }: { readonly isShown: boolean }) {
  if (!isShown) return null;
  const [count] = useState(0);
  return <output>{count}</output>;
}
