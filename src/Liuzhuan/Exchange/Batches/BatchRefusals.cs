using Liuzhuan.Platform.Outcomes;
using Liuzhuan.Registers.Contract;

namespace Liuzhuan.Exchange.Batches;

/// <summary>What is refused around batches and their uploads.</summary>
internal static class BatchRefusals
{
    public static readonly Refusal UnknownFact = new("question.unknown-fact",
        "没有这一事实代码。可核验的事实见 /api/facts。",
        "There is no such fact. /api/facts lists those that can be asked.");

    public static readonly Refusal SealNotGranted = new("access.seal-not-granted",
        "授权不允许对当事人暂缓公开，或者期限过长。请去掉 sealedUntil，或申请相应授权。",
        "The access does not allow keeping this from the person, or not for so long. Leave out \"sealedUntil\", or apply for it.", StatusCodes.Status403Forbidden);

    public static readonly Refusal NotOver = new("batch.not-done",
        "这一批次还没有结果。请按状态中的 forecast 稍后再取。",
        "This batch has no outcome yet. Come back later, as \"forecast\" in its status says.", StatusCodes.Status409Conflict);

    public static readonly Refusal NoResult = new("batch.no-result",
        "这一批次没有结果：它被拒绝、取消或者失败。原因见它的状态；改正后请重新提交。",
        "This batch has no result: it was refused, cancelled or failed. Its status says why; mend the file and hand it in again.", StatusCodes.Status409Conflict);

    public static readonly Refusal Erased = new("batch.erased",
        "这一批次的文件已按期限或按要求清除，只留下清单中的数字。需要时请重新提交。",
        "The files of this batch were erased, by their time limit or on request; only the figures of its manifest remain. Hand it in again if needed.", StatusCodes.Status410Gone);

    public static readonly Refusal Fault = new("batch.fault",
        "核验这一批次时程序多次出错，已不再重试，没有结果。请稍后重新提交；仍然出错请联系管理员，并告知批次号。",
        "Working on this batch failed several times on our side, so it was set aside without a result. Hand it in again later; if it fails again, tell the administrator its id.",
        StatusCodes.Status500InternalServerError);

    public static readonly Refusal Interrupted = new("batch.interrupted",
        "服务在核验这一批次时多次中断，已不再重试。请把文件拆小后重新提交，或者联系管理员。",
        "The service ended several times while it worked on this batch, so it was set aside. Split the file and hand it in again, or ask the administrator.",
        StatusCodes.Status500InternalServerError);

    public static readonly Refusal ClientGone = new("batch.client-gone",
        "提交这一批次的客户端已停用，因此没有核验。",
        "The client that handed this batch in was disabled since, so it was not worked on.", StatusCodes.Status403Forbidden);

    public static readonly Refusal Closed = new("upload.closed",
        "这一批次已不再接收文件：文件已收齐，或者批次已结束。另一份文件请另建批次。",
        "This batch takes nothing more: its file is complete, or the batch has ended. Open another batch for another file.", StatusCodes.Status409Conflict);

    public static readonly Refusal Expired = new("upload.expired",
        "文件没有在期限内传完，这一批次已取消。请重新提交。",
        "The file was not uploaded in time, so this batch was cancelled. Hand it in again.");

    public static readonly Refusal FileDigest = new("upload.file-digest",
        "收到的文件与声明的 sha256 不符，没有核验。请用正确的摘要另建批次，重新上传。",
        "The file that arrived does not have the announced sha256, so it was not worked on. Open another batch with the right digest and upload again.",
        StatusCodes.Status422UnprocessableEntity);

    public static readonly Refusal Fields = new("upload.fields",
        "上传请求缺少必要的字段：PATCH 需要 Upload-Offset（非负整数）和 Upload-Complete（?0 或 ?1）。",
        "The upload request lacks a field: PATCH needs Upload-Offset (an integer from 0) and Upload-Complete (?0 or ?1).");

    public static readonly Refusal MediaType = new("upload.media-type",
        "分段上传的 Content-Type 应是 application/partial-upload，且不经压缩。",
        "A part is sent uncompressed with Content-Type application/partial-upload.", StatusCodes.Status415UnsupportedMediaType);

    public static Refusal TooLarge(long most) => new("batch.too-large",
        $"文件超过 {most} 字节的上限。请拆成几份，分别提交。",
        $"The file is larger than the {most} bytes allowed. Split it and hand in the parts.", StatusCodes.Status413PayloadTooLarge);

    public static Refusal TooMany(int most) => new("batch.too-many",
        $"贵单位已有 {most} 个批次没有办完。请等其中的办完，或取消不需要的。",
        $"Your agency has {most} batches without an outcome. Wait for some of them, or cancel what is not needed.", StatusCodes.Status429TooManyRequests);

    public static Refusal NoRoom(long most) => new("batch.no-room",
        $"贵单位存放的文件合计将超过 {most} 字节的上限。请删除已取回的批次（DELETE）后重试。",
        $"Your agency's files here would exceed {most} bytes. Delete batches whose results you have (DELETE) and try again.", StatusCodes.Status429TooManyRequests);

    public static Refusal WrongKind(string name) => new("batch.wrong-kind",
        $"“{name}”不是可以核验的文件。请用 .csv、.tsv、.txt、.xlsx 或 .xls。",
        $"\"{name}\" is not a kind of file that can be verified. Use .csv, .tsv, .txt, .xlsx or .xls.", StatusCodes.Status415UnsupportedMediaType);

    public static Refusal NoRegister(FactType fact) => new("batch.no-register",
        $"本服务没有接入能回答事实 {fact.Id} 的登记库。请向持有该登记库的机关查询。",
        $"This service holds no register that answers the fact {fact.Id}. Ask the agency that keeps it.", StatusCodes.Status503ServiceUnavailable);

    public static Refusal Offset(long right) => new("upload.offset",
        $"已收到 {right} 字节，Upload-Offset 与此不符，或者重传的内容与先前不同。请从 {right} 处继续。",
        $"{right} bytes have arrived; Upload-Offset does not follow them, or what was sent again differs. Go on from {right}.", StatusCodes.Status409Conflict);

    public static Refusal Length(long bytes) => new("upload.length",
        $"这一部分与声明的文件长度 {bytes} 字节不合：超出了它，或者说已传完却没有到它。",
        $"This part does not fit the announced length of {bytes} bytes: it goes beyond it, or says complete before it.");

    public static Refusal PartTooSmall(int least) => new("upload.part-too-small",
        $"除最后一部分外，每部分至少 {least} 字节。请传大一些的部分。",
        $"Every part but the last has at least {least} bytes. Send larger parts.");
}
