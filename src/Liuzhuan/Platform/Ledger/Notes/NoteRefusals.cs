using Liuzhuan.Platform.Outcomes;

namespace Liuzhuan.Platform.Ledger.Notes;

/// <summary>Why a key or a checkpoint is not taken.</summary>
internal static class NoteRefusals
{
    public static readonly Refusal Key = new("ledger.key",
        "账本公钥无法识别：应为一行“名称+八位十六进制+Base64”的 Ed25519 公钥，请用 liuzhuan ledger key 取得完整的一行。",
        "The ledger's public key cannot be read: it is one line \"name+hhhhhhhh+base64\" with an Ed25519 key. Take the whole line from liuzhuan ledger key.");

    public static readonly Refusal Malformed = new("ledger.checkpoint-malformed",
        "检查点的格式不对：请重新下载，不要改动其中的空行和签名行。",
        "The checkpoint is malformed: download it again, and change neither its blank line nor its signature lines.");

    public static Refusal NotSigned(string name) => new("ledger.checkpoint-unsigned",
        $"检查点上没有“{name}”用这把公钥做的签名：请核对公钥是否属于这个账本。",
        $"The checkpoint bears no signature of {name} by this key: check that the key belongs to this ledger.");

    public static Refusal Signature(string name) => new("ledger.checkpoint-forged",
        $"检查点上“{name}”的签名不成立：内容在签名之后被改动过，或不是账本签的。请向账本的管理者索取原件，并保留这一份作为证据。",
        $"The signature of {name} on the checkpoint does not hold: it was changed after signing, or never signed by the ledger. Ask its operator for the original, and keep this one as evidence.");

    public static Refusal Origin(string found, string expected) => new("ledger.checkpoint-foreign",
        $"检查点属于另一个账本“{found}”，不是“{expected}”：请换用这个账本的检查点。",
        $"The checkpoint is of another ledger, \"{found}\" instead of \"{expected}\": take the checkpoint of this one.");
}
