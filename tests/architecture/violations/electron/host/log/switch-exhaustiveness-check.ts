export function words(color: 'green' | 'red'): string {
  switch (color) {
    case 'green':
      return 'go';
  }
  return 'wait';
}
