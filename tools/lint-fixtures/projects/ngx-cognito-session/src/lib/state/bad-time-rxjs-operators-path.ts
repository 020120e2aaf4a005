// expect-eslint: @typescript-eslint/no-restricted-imports
// expect-oxlint: typescript/no-deprecated
export { map } from 'rxjs/operators';
