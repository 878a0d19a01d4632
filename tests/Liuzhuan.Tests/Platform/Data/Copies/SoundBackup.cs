using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.Data.Copies;

namespace Liuzhuan.Tests.Platform.Data.Copies;

/// <summary>A backup with rows and keys, written once for all tests that damage copies of it.</summary>
public sealed class SoundBackup : IAsyncLifetime
{
    public byte[] Content { get; private set; } = [];

    public async ValueTask InitializeAsync()
    {
        await using var source = await TestDatabase.CreateAsync("sqlite");
        await using (var connection = await source.Store.OpenAsync(CancellationToken.None))
            await connection.ExecuteAsync(null, "create table marked (id integer primary key, note text); insert into marked values (1, 'here-lies-the-row')", CancellationToken.None);
        var (keys, backup) = (Path.Combine(source.Folder, "keys"), Path.Combine(source.Folder, "a.backup"));
        Directory.CreateDirectory(keys);
        await File.WriteAllTextAsync(Path.Combine(keys, "a.pem"), "secret");
        Assert.True((await WriteBackup.RunAsync(source.Store, backup, keys, "a long passphrase", TimeProvider.System, null, CancellationToken.None)).Ok(out _, out _));
        Content = await File.ReadAllBytesAsync(backup);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
