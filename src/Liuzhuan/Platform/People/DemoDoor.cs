namespace Liuzhuan.Platform.People;

/// <summary>The buttons "sign in as" of a demonstration.</summary>
internal sealed class DemoDoor(DemoMode mode, IServiceProvider services)
{
    private readonly IDemoCast? _cast = mode.IsOn ? services.GetService<IDemoCast>() : null;

    /// <summary>Everybody one may sign in as; nobody outside demonstrations.</summary>
    public async Task<IReadOnlyList<DemoPerson>> ListAsync(CancellationToken stop) => _cast is null ? [] : await _cast.ListAsync(stop);

    /// <summary>The one of this id; null for nobody.</summary>
    public async Task<DemoPerson?> FindAsync(string? id, CancellationToken stop) => (await ListAsync(stop)).FirstOrDefault(person => person.Id == id);
}
