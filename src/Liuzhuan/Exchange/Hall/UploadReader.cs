using Liuzhuan.Platform.Outcomes;
using Liuzhuan.Platform.Web;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Liuzhuan.Exchange.Hall;

/// <summary>Reads the drop form: the token first, then the file straight to disk, never into memory, never more than allowed.</summary>
internal sealed class UploadReader(IAntiforgery forms, HallOptions options)
{
    /// <summary>Where the antiforgery check looks first; the form's field is put there, because reading the whole form would buffer the file.</summary>
    public const string TokenHeader = "RequestVerificationToken";

    private const string TokenField = "__RequestVerificationToken";
    private const int MaxTokenLength = 4096;
    private const int FormOverhead = 64 << 10;
    private const int MostFields = 16, LongestField = 2048;

    // A browser shows our page only after it has sent everything, so what is too much is read and dropped, within reason.
    private const int DrainFactor = 8;
    private static readonly TimeSpan DrainTime = TimeSpan.FromMinutes(2);

    public static readonly Refusal FormExpired = new("upload.form-expired",
        "页面打开太久或浏览器没有保存本页的 Cookie，文件没有收下。表单已更新，请再放一次。",
        "The page was open for too long or its cookie was not kept, so the file was not taken. The form is fresh now: drop the file again.");

    public static readonly Refusal NoFile = new("upload.no-file",
        "没有收到文件。请先选择一份名单，再按“开始核验”。",
        "No file arrived. Choose a file first, then press \"Verify\".");

    public static readonly Refusal EmptyFile = new("upload.empty",
        "收到的文件是空的（0 字节）。请检查文件是否已保存，再放一次。",
        "The file is empty (0 bytes). Check that it was saved, then drop it again.");

    public static readonly Refusal Broken = new("upload.broken",
        "文件没有传完，所以没有收下。请再放一次。",
        "The upload broke off, so the file was not taken. Drop it again.");

    public static Refusal WrongKind(string name) => new("upload.wrong-kind",
        $"“{name}”不是可以核验的文件。请用 .xlsx、.xls、.csv、.tsv 或 .txt；其他格式请在表格软件里另存为 .xlsx。",
        $"\"{name}\" is not a kind of file that can be verified. Use .xlsx, .xls, .csv, .tsv or .txt; save other formats as .xlsx in a spreadsheet program.",
        StatusCodes.Status415UnsupportedMediaType);

    public static Refusal TooLarge(long limit) => new("upload.too-large",
        $"文件超过上限 {PageLanguage.Size(limit)}，没有收下。请把名单拆成几份，分别核验。",
        $"The file is over the limit of {PageLanguage.Size(limit)} and was not taken. Split the list and verify the parts.",
        StatusCodes.Status413PayloadTooLarge);

    /// <summary>Takes the file in; the value is the id of what came of it.</summary>
    public async Task<Result<string>> ReadAsync(HttpContext http, UploadTarget target, CancellationToken stop)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = null;

        var taken = await TakeAsync(http, target, stop);
        if (!taken.Ok(out _, out _)) await DrainAsync(http.Request.Body, stop);
        return taken;
    }

    private async Task<Result<string>> TakeAsync(HttpContext http, UploadTarget target, CancellationToken stop)
    {
        if (Boundary(http.Request.ContentType) is not { } boundary) return FormExpired;
        try
        {
            var reader = new MultipartReader(boundary, http.Request.Body) { HeadersCountLimit = 8, HeadersLengthLimit = 16 << 10 };
            var trusted = false;
            while (await reader.ReadNextSectionAsync(stop) is { } section)
            {
                if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var part)) continue;
                if (part.IsFormDisposition() && part.Name == TokenField)
                {
                    trusted = await IsTrustedAsync(http, section, stop);
                }
                else if (part.IsFormDisposition() && part.Name.Value is { Length: > 0 } field && target.Fields.Count < MostFields)
                {
                    target.Fields[field.Trim('"')] = await TextAsync(section, LongestField, stop);
                }
                else if (part.IsFileDisposition())
                {
                    var name = FileNames.Clean((part.FileNameStar.HasValue ? part.FileNameStar : part.FileName).Value?.Trim('"') ?? "");
                    return trusted ? await StoreAsync(name, section.Body, target, stop) : FormExpired;
                }
            }

            return trusted ? NoFile : FormExpired;
        }
        catch (Exception fault) when (fault is IOException or InvalidDataException && !stop.IsCancellationRequested)
        {
            return Broken;
        }
    }

    private async Task<bool> IsTrustedAsync(HttpContext http, MultipartSection section, CancellationToken stop)
    {
        http.Request.Headers[TokenHeader] = await TextAsync(section, MaxTokenLength, stop);
        return await forms.IsRequestValidAsync(http);
    }

    private static async Task<string> TextAsync(MultipartSection section, int longest, CancellationToken stop)
    {
        using var text = new StreamReader(section.Body);
        var letters = new char[longest];
        return new string(letters, 0, await text.ReadBlockAsync(letters, stop));
    }

    private async Task<Result<string>> StoreAsync(string name, Stream body, UploadTarget target, CancellationToken stop)
    {
        if (Path.GetFileNameWithoutExtension(name).Length == 0) return NoFile;
        if (!FileNames.IsAccepted(name)) return WrongKind(name);
        if (target.Admit() is { } refused) return refused;

        var (store, id) = (target.Store, target.Store.Prepare());
        var accepted = false;
        try
        {
            var bytes = await CopyAsync(body, store.InputPath(id, name), stop);
            if (bytes > options.MaxUploadBytes) return TooLarge(options.MaxUploadBytes);
            if (bytes == 0) return EmptyFile;

            var taken = await target.TakeAsync(id, name, bytes, stop);
            accepted = taken.Ok(out _, out _);
            return taken;
        }
        finally
        {
            if (!accepted && !target.IsTaken) store.Delete(id);
        }
    }

    private async Task<long> CopyAsync(Stream body, string path, CancellationToken stop)
    {
        await using var file = new FileStream(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 0, Options = FileOptions.Asynchronous });
        var buffer = new byte[128 << 10];
        long bytes = 0;
        for (int read; (read = await body.ReadAsync(buffer, stop)) > 0;)
        {
            bytes += read;
            if (bytes > options.MaxUploadBytes) return bytes;
            await file.WriteAsync(buffer.AsMemory(0, read), stop);
        }

        file.Flush(flushToDisk: true);
        return bytes;
    }

    private async Task DrainAsync(Stream body, CancellationToken stop)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(stop);
        enough.CancelAfter(DrainTime);
        var buffer = new byte[128 << 10];
        try
        {
            for (long left = DrainFactor * options.MaxUploadBytes + FormOverhead; left > 0;)
            {
                var read = await body.ReadAsync(buffer, enough.Token);
                if (read == 0) return;
                left -= read;
            }
        }
        catch (Exception fault) when (fault is IOException or OperationCanceledException)
        {
            // The sender left; nobody is waiting for the page.
        }
    }

    private static string? Boundary(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type) && type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
        && HeaderUtilities.RemoveQuotes(type.Boundary) is { Length: > 0 and <= 100 } boundary ? boundary.Value : null;
}
