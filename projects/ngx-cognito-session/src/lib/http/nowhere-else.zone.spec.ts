import './nowhere-else.spec';
