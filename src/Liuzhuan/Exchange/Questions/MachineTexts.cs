using Liuzhuan.Platform.Web;

namespace Liuzhuan.Exchange.Questions;

/// <summary>The words of the page for programmers, and of its notice on the start page.</summary>
internal static class MachineTexts
{
    public static readonly Text Menu = new("接口接入", "For systems");
    public static readonly Text Title = new("让单位的系统直接核验", "Let an agency's systems ask");
    public static readonly Text Lead = new("一次一个人，立即答复；答复有签名，并记入任何人都能验证的账本。", "One person at a time, answered at once; each answer is signed and logged where anybody can check it.");
    public static readonly Text First = new("第一次核验", "A first answer");
    public static readonly Text FirstWhy = new("在项目目录里运行这条命令：它取得令牌、签名提问、验证答复的签名。人员是演示数据。", "Run this in the project's folder: it gets a token, signs the question and checks the answer's signature. The person is made up.");
    public static readonly Text Node = new("用 Node 编写的示例（不依赖任何包，并验证账本回执）", "The example in Node (no packages; checks the ledger's receipt too)");
    public static readonly Text Curl = new("用 curl 和客户端证书（双向 TLS，可不签名）", "With curl and a client certificate (mutual TLS; no signature needed)");
    public static readonly Text Register = new("先登记单位的客户端和公钥，再写明授权：没有写明的一律不予核验。", "Register the agency's client and public key, then its access: what is not listed is denied.");
    public static readonly Text Code = new("统一社会信用代码", "CREDIT-CODE");
    public static readonly Text Article = new("法律条款", "the provision");
    public static readonly Text Facts = new("可以核验的事实", "Facts that can be asked");
    public static readonly Text FactCode = new("代码", "Code");
    public static readonly Text FactName = new("事实", "Fact");
    public static readonly Text Given = new("还需给出", "Also needed");
    public static readonly Text Compared = new("可比对的项", "Fields compared");
    public static readonly Text Check = new("不必相信我们", "You need not trust us");
    public static readonly Text CheckWhy = new("每一次核验都记入只增不改的账本。用下面的公钥，任何人都能离线验证回执和整个账本（liuzhuan ledger check、ledger receipt）。", "Every access is an entry of an append-only ledger. With the public key below anybody can check receipts and the whole ledger offline (liuzhuan ledger check, ledger receipt).");
    public static readonly Text Contract = new("接口描述（OpenAPI 3.1）", "The interface (OpenAPI 3.1)");
    public static readonly Text Problems = new("问题代码", "Problem codes");
    public static readonly Text Checkpoint = new("账本的最新检查点", "The ledger's newest checkpoint");
    public static readonly Text Keys = new("签名公钥", "Keys that sign answers");
    public static readonly Text More = new("更多方式和说明", "More ways, and what it means");
}
