// expect-oxlint: typescript/switch-exhaustiveness-check
export function label(status: 'signedIn' | 'signedOut'): string {
  switch (status) {
    case 'signedIn':
      return 'in';
  }
  return 'out';
}
