import './guards.spec';
