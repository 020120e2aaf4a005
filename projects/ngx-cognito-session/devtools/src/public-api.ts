export { withDevtools } from './lib/with-devtools';

// For `ngx-cognito-session/devtools/production`. Apps must not use it.
export { devtoolsFeature as ɵdevtoolsFeature } from './lib/devtools-feature';
export type { LoadPanel as ɵLoadPanel } from './lib/panel-host';
