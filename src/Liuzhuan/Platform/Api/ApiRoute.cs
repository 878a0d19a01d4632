namespace Liuzhuan.Platform.Api;

/// <summary>One operation of the interface, as a capability offers it; who may call, and how much at once, is checked before it is called.</summary>
/// <param name="Pattern">As routing understands it, for example <c>/api/batches/{id}</c>.</param>
/// <param name="MostBytes">The largest body it takes; 0 for none.</param>
/// <param name="Handler">Made when the first request comes.</param>
internal sealed record ApiRoute(string Method, string Pattern, int MostBytes, Func<IServiceProvider, ApiHandler> Handler);
