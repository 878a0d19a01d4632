using System.CommandLine;
using Liuzhuan.Platform.Configuration;
using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.Data.Copies;
using Liuzhuan.Platform.Outcomes;

namespace Liuzhuan.Commands;

/// <summary>The options with which every command that works on the database says which one: <c>--data</c>, <c>--provider</c>, <c>--connection</c>; the environment comes second.</summary>
internal sealed class DataArguments
{
    /// <summary>The folder of keys within the data folder.</summary>
    public const string KeysFolder = "keys";

    /// <summary>Names the data folder where the command line does not.</summary>
    public const string FolderVariable = "LIUZHUAN_DATA";

    private readonly Option<string> _folder;
    private readonly Option<string?>? _provider, _connection;

    /// <param name="isFolderOnly">True where the provider and its connection come from the environment only.</param>
    /// <param name="name">How the option of the data folder is called.</param>
    public DataArguments(Session session, Command command, bool isFolderOnly = false, string name = "--data")
    {
        _folder = session.Option<string>(name, "数据目录（默认取环境变量 LIUZHUAN_DATA，否则为 .data）", "Data directory (default: the variable LIUZHUAN_DATA, else .data)", value: "DIR");
        _folder.DefaultValueFactory = _ => UsualFolder();
        command.Options.Add(_folder);
        if (isFolderOnly) return;
        _provider = session.Option<string?>("--provider", "数据库类型（默认取环境变量 Data__Provider，否则为 sqlite）", "Kind of database (default: the variable Data__Provider, else sqlite)", value: "sqlite|postgres");
        _connection = session.Option<string?>("--connection", "连接串（默认取环境变量 Data__Connection；含密码时请用环境变量）", "Connection string (default: the variable Data__Connection; use that for one with a password)", value: "TEXT");
        command.Options.Add(_provider);
        command.Options.Add(_connection);
    }

    /// <summary>The data folder where the command line names none.</summary>
    public static string UsualFolder() => Environment.GetEnvironmentVariable(FolderVariable) is { Length: > 0 } set ? set : ".data";

    /// <summary>The database, where the command line says nothing about it.</summary>
    public static Result<DataOptions> OfEnvironment() => Read(null, null);

    /// <summary>The data folder.</summary>
    public string Folder(ParseResult parsed) => parsed.GetValue(_folder)!;

    public string Keys(ParseResult parsed) => Path.Combine(Folder(parsed), KeysFolder);

    public Result<DataOptions> Options(ParseResult parsed) => Read(_provider is null ? null : parsed.GetValue(_provider), _connection is null ? null : parsed.GetValue(_connection));

    /// <summary>The database that is meant; the caller disposes of it.</summary>
    public Result<DataStore> Store(ParseResult parsed) => Options(parsed).Ok(out var options, out var refusal) ? new DataStore(options, Folder(parsed)) : refusal;

    private static Result<DataOptions> Read(string? provider, string? connection) =>
        Configuration.Stray(SettingReader.OfProcess()) is { } stray ? stray : DataOptions.Read(Environment.GetEnvironmentVariable, provider, connection);

    /// <summary>One line for each table: how many rows, and the beginning of its digest.</summary>
    public static void Tell(Session session, IEnumerable<TableSum> tables)
    {
        foreach (var table in tables) session.Terminal.Out.WriteLine(session.Say($"  {table.Table}：{table.Rows:N0} 行，{table.Digest[..16]}", $"  {table.Table}: {table.Rows:N0} rows, {table.Digest[..16]}"));
    }
}

/// <summary>Draws the progress of a copy.</summary>
internal sealed class CopyReporter(ProgressLine line) : IProgress<CopyProgress>
{
    public void Report(CopyProgress value) => line.Report(value.Stage, value.Share, value.Rows);
}
