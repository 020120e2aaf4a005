// For `ngx-cognito-session/devtools` and `…/devtools/production`, which load it. Apps must not use it.
export { openPanel as ɵopenPanel } from './lib/open-panel';
export type {
  FailureKind as ɵFailureKind,
  PanelModel as ɵPanelModel,
  RecordedEvent as ɵRecordedEvent,
  RecordedRequest as ɵRecordedRequest,
  RecordedSpan as ɵRecordedSpan,
  Simulation as ɵSimulation,
  Snapshot as ɵSnapshot,
  StorageKeys as ɵStorageKeys,
  TabInfo as ɵTabInfo,
} from './lib/model';
