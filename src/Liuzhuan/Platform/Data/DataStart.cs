namespace Liuzhuan.Platform.Data;

/// <summary>Brings the database to the newest schema before any other service starts, whatever the order in which they were plugged in.</summary>
internal sealed class DataStart(DataStore store) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken) => Migrator.MigrateAsync(store, cancellationToken);

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
