import './group-guard.spec';
