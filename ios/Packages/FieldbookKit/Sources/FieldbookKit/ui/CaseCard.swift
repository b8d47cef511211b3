import FieldbookCore
import SwiftUI

/// A case in a list: what it is, its first words, where it stands, how long it has.
struct CaseCard: View {
    let row: CaseRow
    let onOpen: () -> Void
    @Environment(\.words) private var words

    init(_ row: CaseRow, onOpen: @escaping () -> Void) {
        self.row = row
        self.onOpen = onOpen
    }

    var body: some View {
        LineCard(action: onOpen) {
            Text(words(.commonKindInUnit, words(row.petitionKind?.word ?? row.kind.word), row.unit)).font(.small)
            Text(row.text.isEmpty ? words(.commonNoText) : row.text).font(.lineTitle)
            FlowRow {
                StatusChip(words(row.state.word), row.state.tone)
                if row.open, let daysLeft = row.daysLeft {
                    StatusChip(daysLeftWords(daysLeft, in: words), daysLeftTone(daysLeft))
                }
                if row.sending != .received { SendingChip(row.sending) }
            }
        }
    }
}
