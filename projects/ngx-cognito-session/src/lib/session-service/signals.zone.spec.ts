import './signals.spec';
