import './session-context.spec';
