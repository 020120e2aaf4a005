import './session-interceptor-class.spec';
