import './unauthorized.spec';
