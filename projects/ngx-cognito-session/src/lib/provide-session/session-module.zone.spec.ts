import './session-module.spec';
