using Liuzhuan.Matching;
using Liuzhuan.Matching.Schemas;

namespace Liuzhuan.Registers.Contract;

/// <summary>The open registers of a running service, one for each schema, brought up to date while in use.</summary>
internal sealed class RegisterShelf : IDisposable
{
    private readonly Dictionary<string, Register> _registers = [];

    /// <param name="paths">Register files; the first is the one whose page and files people use.</param>
    /// <param name="findSchema">The schema of an id, or null.</param>
    /// <exception cref="RegisterException">A file cannot be used, or two hold the same kind of register.</exception>
    public RegisterShelf(IReadOnlyList<string> paths, Func<string, RegisterSchema?> findSchema)
    {
        foreach (var path in paths)
        {
            var register = Register.Open(path, findSchema, isResident: true);
            Main ??= register;
            if (!_registers.TryAdd(register.Schema.Id, register)) throw new RegisterException("register_schema", $"{path} is a second register of the kind {register.Schema.Id}; one of each kind can be served.") { Detail = register.Schema.Id };
        }

        if (Main is null) throw new ArgumentException("At least one register is needed.", nameof(paths));
        MainName = Path.GetFileName(paths[0]);
    }

    public Register Main { get; }

    /// <summary>File name of <see cref="Main"/>.</summary>
    public string MainName { get; }

    public IReadOnlyCollection<Register> All => _registers.Values;

    /// <summary>The register of this schema, or null when this service has none.</summary>
    public Register? Find(string schemaId) => _registers.GetValueOrDefault(schemaId);

    /// <summary>Picks up what was written since. True when something changed; each register that cannot be used stays as it was and is told.</summary>
    public bool Refresh(Action<Exception> failed)
    {
        var changed = false;
        foreach (var register in _registers.Values)
        {
            try
            {
                changed |= register.Refresh();
            }
            catch (Exception fault) when (fault is RegisterException or IOException)
            {
                failed(fault);
            }
        }

        return changed;
    }

    public void Dispose()
    {
        foreach (var register in _registers.Values) register.Dispose();
    }
}
