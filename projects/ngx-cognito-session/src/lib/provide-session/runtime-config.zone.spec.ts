import './runtime-config.spec';
