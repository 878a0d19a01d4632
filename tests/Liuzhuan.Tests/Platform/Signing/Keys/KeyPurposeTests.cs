using Liuzhuan.Platform.Signing.Keys;

namespace Liuzhuan.Tests.Platform.Signing.Keys;

public sealed class KeyPurposeTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("liuzhuan-purposes-");

    [Fact]
    public void A_purpose_with_digits_is_found_again()
    {
        var made = Open().Current("school-1", "ES256").KeyId;

        Assert.Equal(made, Open().Current("school-1", "ES256").KeyId);
    }

    [Theory]
    [InlineData("School")]
    [InlineData("a.b")]
    [InlineData("")]
    public void A_purpose_that_no_file_can_be_named_after_leaves_the_folder_usable(string purpose)
    {
        Assert.Throws<ArgumentException>(() => Open().Current(purpose, "ES256"));

        Assert.NotNull(Open().Current("answers", "ES256"));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private KeyFolder Open() => KeyFolder.Open(Path.Combine(_folder.FullName, "keys"), TimeProvider.System).Ok(out var keys, out var refusal) ? keys : throw new InvalidOperationException(refusal.English);
}
