import FieldbookCore
import SwiftUI

/// So many places that are not one's own are shown before anything is typed.
private let others = 20

/// Own hamlets first; others by name, marks or none, also by a name of before.
struct HamletList: View {
    let hamlets: [HamletChoice]
    let found: [HamletChoice]?
    let chosen: String
    let onChoose: (HamletChoice) -> Void
    let onFind: (String) -> Void
    @Environment(\.words) private var words

    var body: some View {
        let own = hamlets.filter(\.own)
        VStack(alignment: .leading, spacing: 8) {
            lines(own)
            TextBox(label: words(.formFindHamlet), text: "", edition: 0, onType: onFind)
            lines(found ?? (own.isEmpty ? Array(hamlets.prefix(others)) : []))
            if found?.isEmpty == true { Text(words(.formNoHamletFound)) }
        }
    }

    private func lines(_ hamlets: [HamletChoice]) -> some View {
        ForEach(hamlets, id: \.id) { hamlet in
            LineCard(action: { onChoose(hamlet) }) {
                Text(hamlet.name).font(.sectionTitle)
                if !hamlet.commune.isEmpty { Text(hamlet.commune).font(.small) }
                if hamlet.id == chosen { StatusChip(words(.formChosen), .good) }
            }
        }
    }
}
