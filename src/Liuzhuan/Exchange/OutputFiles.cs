using System.Security.Cryptography;
using Liuzhuan.Matching.Values;
using Liuzhuan.Platform.Files;

namespace Liuzhuan.Exchange;

/// <summary>The files one verification writes: result, rows to mend, report. All are put in place together at the end, or none is.</summary>
internal sealed class OutputFiles : IDisposable
{
    private readonly VerifyRequest _request;
    private ReplacedFile? _result, _report;
    private HashedStream? _hashed;
    private FileStream? _heldBack;

    // For its owner only, and gone when it is closed.
    private static FileStreamOptions HeldBack
    {
        get
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Options = FileOptions.DeleteOnClose, BufferSize = 1 };
            if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            return options;
        }
    }

    private OutputFiles(VerifyRequest request) => _request = request;

    /// <summary>Where the result goes; a stream that swallows everything on a dry run.</summary>
    public Stream Result { get; private set; } = Stream.Null;

    public ReplacedFile? Problems { get; private set; }

    public static OutputFiles Open(VerifyRequest request)
    {
        var files = new OutputFiles(request);
        if (request.DryRun) return files;
        try
        {
            if (request.OutputPath is { } path)
            {
                files._result = ReplacedFile.Create(path);
                files.Result = files._result.Stream;
            }
            else
            {
                var stream = request.OutputStream ?? throw new ArgumentException("A path or a stream is needed.", nameof(request));
                // What is logged first must be kept back until then; otherwise it may flow.
                if (request.Record is not null) files.Result = files._heldBack = new FileStream(Path.Combine(Path.GetTempPath(), $"liuzhuan-{RandomNumberGenerator.GetHexString(16, lowercase: true)}.tmp"), HeldBack);
                else files.Result = request.ReportPath is null ? stream : files._hashed = new HashedStream(stream);
            }

            if (request.ProblemsPath is { } problems) files.Problems = ReplacedFile.Create(problems);
            if (request.ReportPath is { } report) files._report = ReplacedFile.Create(report);
            return files;
        }
        catch
        {
            files.Dispose();
            throw;
        }
    }

    /// <summary>Complete when everything written is on the disk; failed when the disk did not take it.</summary>
    public Task Flushed { get; private set; } = Task.CompletedTask;

    /// <summary>Has everything that was written brought to the disk, beside what remains to be done. Nothing is written afterwards.</summary>
    public void BeginFlush()
    {
        if (_result is null) Result.Flush();
        if (_request.IsPassing || (_result is null && Problems is null)) return;
        Flushed = Task.Run(() =>
        {
            _result?.Finish();
            Problems?.Finish();
        });
    }

    /// <summary>SHA-256 of the result, when all of it is written.</summary>
    public string ResultDigest()
    {
        if (_hashed is not null) return _hashed.Digest;
        if (_heldBack is not null)
        {
            _heldBack.Position = 0;
            return HexText.Lower(SHA256.HashData(_heldBack));
        }

        using var written = new FileStream(_result!.TemporaryPath, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1);
        return HexText.Lower(SHA256.HashData(written));
    }

    /// <summary>Renames everything into place, the result first: whoever sees the report finds its result.</summary>
    public void Place(VerifyReport report)
    {
        if (_request.DryRun) return;
        Flushed.GetAwaiter().GetResult();
        if (_report is not null)
        {
            ReportFile.Write(_report.Stream, report);
            _report.Finish();
        }

        if (_heldBack is not null && _request.OutputStream is { } output)
        {
            _heldBack.Position = 0;
            _heldBack.CopyTo(output);
            output.Flush();
        }

        _result?.Place(isPassing: _request.IsPassing);
        Problems?.Place(isPassing: _request.IsPassing);
        _report?.Place();
    }

    public void Dispose()
    {
        // Whoever needs the flush has waited for it; here it must only have ended.
        ((IAsyncResult)Flushed).AsyncWaitHandle.WaitOne();
        _result?.Dispose();
        Problems?.Dispose();
        _report?.Dispose();
        _hashed?.Dispose();
        _heldBack?.Dispose();
    }
}
