// expect-eslint: @typescript-eslint/no-restricted-imports @typescript-eslint/no-deprecated
export { map } from 'rxjs/operators';
