using Liuzhuan.Platform.Outcomes;

namespace Liuzhuan.Platform.Data.Copies;

/// <summary>A part of a backup file, in the words of both languages.</summary>
internal sealed record BackupPlace(string Chinese, string English)
{
    public static readonly BackupPlace Header = new("文件头", "the header"), Keys = new("密钥", "the keys"), End = new("文件结尾", "the end"), Next = new("下一部分的开头", "the beginning of its next part");

    public static BackupPlace Table(string name) => new($"表 {name}", $"the table {name}");
}

/// <summary>Why a backup cannot be written or restored.</summary>
internal static class BackupRefusals
{
    private const string Remedy = "没有改动任何数据。请改用另一份备份，或重新复制这个文件", RemedyEnglish = "Nothing was changed. Use another backup, or copy this file again";

    public static Refusal NoBackup(string path) => new("backup.foreign",
        $"{path} 不是流转的备份文件：请检查路径（应是 liuzhuan backup 写出的文件）。没有改动任何数据。",
        $"{path} is no backup of Liuzhuan: check the path (it should be a file that liuzhuan backup wrote). Nothing was changed.");

    public static Refusal Newer(string program) => new("backup.newer",
        $"备份由更新版本的程序（{program}）写成：请升级本程序后再恢复。没有改动任何数据。",
        $"The backup was written by a newer version of this program ({program}): upgrade it before restoring. Nothing was changed.");

    public static Refusal Damaged(BackupPlace place, long position) => new("backup.damaged",
        $"备份文件已损坏：{place.Chinese}（第 {position:N0} 字节之前）与校验值不符。{Remedy}。",
        $"The backup is damaged: {place.English} (before byte {position:N0}) does not agree with its checksum. {RemedyEnglish}.");

    public static Refusal Cut(BackupPlace place, long length) => new("backup.truncated",
        $"备份文件不完整：在{place.Chinese}处中断（共 {length:N0} 字节）。{Remedy}。",
        $"The backup is incomplete: it breaks off in {place.English} ({length:N0} bytes in all). {RemedyEnglish}.");

    public static Refusal OverDatabase(string path) => new("output.same",
        $"{path} 就是数据库文件：请给备份另起文件名。",
        $"{path} is the database itself: choose another name for the backup.");

    public static Refusal KeysTooLarge(string folder) => new("backup.keys",
        $"密钥目录 {folder} 大得不合常理：请把不是密钥的文件移走后重试。",
        $"The key folder {folder} is too large for keys: move what is no key elsewhere and try again.");

    public static Refusal Passphrase(string path) => new("backup.passphrase",
        $"口令文件 {path} 不能使用：第一行应有至少 {SealedFolder.ShortestPassphrase} 个字符。",
        $"The passphrase file {path} cannot be used: its first line needs at least {SealedFolder.ShortestPassphrase} characters.");

    public static Refusal WrongPassphrase() => new("backup.passphrase",
        "口令不对，密钥解不开：请用备份时的口令文件；不恢复密钥时去掉 --passphrase-file。没有改动任何数据。",
        "The passphrase does not open the keys: use the passphrase file of the backup, or leave --passphrase-file out to restore without keys. Nothing was changed.");

    public static Refusal NoKeys() => new("backup.keys",
        "这份备份里没有密钥：请去掉 --passphrase-file。没有改动任何数据。",
        "There are no keys in this backup: leave out --passphrase-file. Nothing was changed.");

    public static Refusal OtherKeys(string folder) => new("backup.keys",
        $"{folder} 里已有别的密钥：请用 --replace 替换（原来的会另存在旁边），或去掉 --passphrase-file 保留它们。没有改动任何数据。",
        $"{folder} already holds other keys: replace them with --replace (the old ones are kept beside them), or leave out --passphrase-file to keep them. Nothing was changed.");
}
