using Liuzhuan.Platform.Web;

namespace Liuzhuan.Platform.Ledger.Pages;

/// <summary>The words of the ledger's page.</summary>
internal static class LedgerTexts
{
    public static readonly Text Title = new("存证账本", "The ledger");
    public static readonly Text Lead = new(
        "每一次核验、每一批名单、每一次授权变动都先记入这本账，答复才能发出。账本只增不改：谁改动、删去或倒填一条，任何人都能查出来。",
        "Every question, every list and every change of access is logged here before an answer leaves. The ledger only grows: whoever changes, drops or back-dates an entry is found out by anybody who looks.");
    public static readonly Text Check = new("核对收据", "Check a receipt");
    public static readonly Text CheckWhy = new(
        "把手里的答复或收据（JSON）粘贴在下面。核对只用账本的公钥，内容不会保存。",
        "Paste the answer or receipt (JSON) that you hold. Only the ledger's public key is needed to check it, and nothing is kept.");
    public static readonly Text Receipt = new("答复或收据", "Answer or receipt");
    public static readonly Text CheckNow = new("核对", "Check");
    public static readonly Text Holds = new("收据成立", "The receipt holds");
    public static readonly Text HoldsAnswer = new("答复与账本所记一致", "The answer is the one that was logged");
    public static readonly Text HoldsNot = new("核对没有通过", "The check failed");
    public static readonly Text Entry = new("账本 {0} 的第 {1} 条，记于 {2}。", "Entry {1} of the ledger {0}, written {2}.");
    public static readonly Text Content = new("条目原文（只有摘要和假名，没有个人信息）", "The entry itself (digests and pseudonyms, no personal data)");
    public static readonly Text State = new("账本现状", "As it stands");
    public static readonly Text Size = new("条目数", "Entries");
    public static readonly Text Root = new("树根", "Root of the tree");
    public static readonly Text Written = new("最后一条记于", "Last entry written");
    public static readonly Text Key = new("账本公钥", "The ledger's public key");
    public static readonly Text Empty = new("账本里还没有条目。第一次核验之后，这里会有检查点。", "There is no entry yet. After the first verification a checkpoint stands here.");
    public static readonly Text Offline = new("不联网也能核对", "Checking it without us");
    public static readonly Text OfflineWhy = new(
        "把检查点存到另一台计算机上。以后任何时候用它核对：账本必须是它的延续，一条不少，一字不改。",
        "Keep the checkpoint on another computer. At any later time the ledger must continue it: no entry missing, none changed.");
    public static readonly Text Checkpoint = new("下载最新检查点", "The newest checkpoint");

    public static readonly Text GuideKept = new("答复里有一段 receipt：连同答复一起保存，它就是凭证。", "Each answer carries a receipt: keep it with the answer, it is your proof.");
    public static readonly Text GuidePaste = new("有人出示答复时，粘贴到下面核对：被改动过的一眼可见。", "When somebody shows you an answer, paste it below: a changed one is found at once.");
    public static readonly Text GuideWitness = new("把检查点留一份：账本日后若被改写，它就是证据。", "Keep a checkpoint: should the ledger ever be rewritten, it is the evidence.");
}
