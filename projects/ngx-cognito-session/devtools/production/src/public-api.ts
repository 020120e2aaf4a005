export { withDevtools } from './lib/with-devtools';
