import './can-match.spec';
