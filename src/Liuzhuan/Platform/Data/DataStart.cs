namespace Liuzhuan.Platform.Data;

/// <summary>Brings the database to the newest schema before anything else starts.</summary>
internal sealed class DataStart(DataStore store) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => Migrator.MigrateAsync(store, cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
