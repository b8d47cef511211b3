package vn.sodiaban.fieldbook.visit

import android.os.SystemClock
import androidx.lifecycle.ViewModel
import androidx.lifecycle.viewModelScope
import java.time.Duration
import java.time.Instant
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.SharingStarted
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.combine
import kotlinx.coroutines.flow.distinctUntilChangedBy
import kotlinx.coroutines.flow.mapNotNull
import kotlinx.coroutines.flow.stateIn
import kotlinx.coroutines.launch
import vn.sodiaban.fieldbook.core.CaseKind
import vn.sodiaban.fieldbook.core.Field
import vn.sodiaban.fieldbook.core.FieldbookInterface
import vn.sodiaban.fieldbook.core.HamletChoice
import vn.sodiaban.fieldbook.core.NewDraft
import vn.sodiaban.fieldbook.core.PlaceGrade
import vn.sodiaban.fieldbook.core.PositionFix
import vn.sodiaban.fieldbook.core.VisitEntry
import vn.sodiaban.fieldbook.form.FormActions
import vn.sodiaban.fieldbook.form.FormModel
import vn.sodiaban.fieldbook.form.HamletSearch
import vn.sodiaban.fieldbook.photo.Pictures
import vn.sodiaban.fieldbook.position.Fixes
import vn.sodiaban.fieldbook.position.Fixing
import vn.sodiaban.fieldbook.shell.Place
import vn.sodiaban.fieldbook.ui.KEEP_MS
import vn.sodiaban.fieldbook.ui.Outcome
import vn.sodiaban.fieldbook.ui.Reading
import vn.sodiaban.fieldbook.ui.outcome

/** A visit's form: beside what every form does, its hamlet's checklist and the one position. */
class VisitViewModel(
    private val fieldbook: FieldbookInterface,
    pictures: Pictures,
    private val fixes: Fixes,
    lasting: CoroutineScope,
    place: Place.Visit,
) : ViewModel() {
    private val model = FormModel(fieldbook, pictures, viewModelScope, lasting, VisitForm)
    private val fixing = MutableStateFlow(Fixing.IDLE)
    private val graded = MutableStateFlow<Graded?>(null)
    private val search = HamletSearch(fieldbook, viewModelScope)

    val state: StateFlow<VisitState> = combine(model.state, fixing, graded, search.found) { form, fixing, graded, found ->
        VisitState(form, fixing, graded?.grade, found)
    }.stateIn(viewModelScope, SharingStarted.WhileSubscribed(KEEP_MS), VisitState())

    val actions: FormActions<VisitEntry, VisitPart> = object : FormActions<VisitEntry, VisitPart> by model {
        override fun next() = this@VisitViewModel.next()

        override fun save() {
            model.edit { it.copy(minutes = it.minutes ?: minutesSince(it.started)) }
            model.save()
        }
    }

    init {
        val sinceBoot = SystemClock.elapsedRealtime() / 1_000
        model.open(place.draftId) {
            fieldbook.startDraft(NewDraft(CaseKind.VISIT, place.hamletId, sinceBoot.takeUnless { place.later }, place.later))
        }
        viewModelScope.launch {
            model.state.mapNotNull { (it.form as? Reading.Ready)?.value?.entry }
                .distinctUntilChangedBy { it.whereabouts }
                .collect { if (!isGraded(it)) grade(it) }
        }
    }

    /** Pictures may be waiting: the camera or the gallery was open. */
    fun takeInPhotos() = model.takeInPhotos()

    fun onHidden() = model.onHidden()

    /** Takes a hamlet and goes on: the next page asks about it. */
    fun choose(hamlet: HamletChoice) {
        viewModelScope.launch {
            model.fill { it.copy(hamletId = hamlet.id) }
            model.reloadChoices()
            val choices = model.form?.choices ?: return@launch
            model.fill { VisitForm.withTopics(it, choices) }
            next()
        }
    }

    fun find(typed: String) = search.find(typed)

    /** One position, now. What is there already stays until another is found. */
    fun takeFix() {
        if (!fixing.compareAndSet(Fixing.LOOKING, Fixing.LOOKING)) fixing.value = Fixing.LOOKING else return
        viewModelScope.launch {
            val (fix, end) = fixes.take()
            if (fix != null) {
                // Graded before it is shown, or the question for a reason would stay a moment longer than it is needed.
                model.form?.let { grade(it.entry.copy(fix = fix)) }
                model.edit { it.copy(fix = fix) }
            }
            fixing.value = end
        }
    }

    fun removeFix() = model.edit { it.copy(fix = null) }

    /** For the reason, what is usual can be picked instead of typed. */
    fun giveReason(reason: String) = model.fill { it.copy(placeReason = reason) }

    private fun next() {
        val form = model.form ?: return
        if (VisitPart.PLACE !in form.page || isGraded(form.entry)) return goOn()
        viewModelScope.launch {
            grade(form.entry)
            if (model.form?.at == form.at) goOn()
        }
    }

    private fun goOn() {
        val form = model.form ?: return
        val asksReason = graded.value?.grade?.asksReason == true && fixing.value != Fixing.LOOKING
        if (VisitPart.PLACE in form.page && asksReason && form.entry.placeReason.isBlank()) return model.fail(Field.PlaceReason)
        model.next()
        val now = model.form ?: return
        // "Bắt đầu nắm tình hình" was the tap; without the right to it the page's own button asks first.
        if (VisitPart.PLACE in now.page && !now.entry.isLater && now.entry.fix == null && fixes.isAllowed) takeFix()
    }

    private suspend fun grade(entry: VisitEntry) {
        graded.value = Graded(entry.whereabouts, (outcome { fieldbook.placeGrade(entry) } as? Outcome.Done)?.value)
    }

    private fun isGraded(entry: VisitEntry) = graded.value?.whereabouts == entry.whereabouts

    private fun minutesSince(started: Instant?): Int? = started?.let { Duration.between(it, Instant.now()).toMinutes().toInt() }
}

/** Where one says to be, and where the phone was: another hamlet or position needs another grade. */
private val VisitEntry.whereabouts: Pair<String, PositionFix?> get() = hamletId to fix

private data class Graded(val whereabouts: Pair<String, PositionFix?>, val grade: PlaceGrade?)
